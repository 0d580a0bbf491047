CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drafts_at` ON `drafts` (`at`);