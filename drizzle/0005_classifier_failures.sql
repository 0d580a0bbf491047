CREATE TABLE `classifier_failures` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`chat` text NOT NULL,
	`node` text,
	`model` text NOT NULL,
	`problem` text NOT NULL,
	`parts` text NOT NULL,
	`raw` text NOT NULL,
	`attempts` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `classifier_failures_chat` ON `classifier_failures` (`chat`);