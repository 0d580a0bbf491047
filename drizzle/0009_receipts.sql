CREATE TABLE `receipts` (
	`node` text PRIMARY KEY NOT NULL,
	`chat` text NOT NULL,
	`receipt` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `receipts_chat` ON `receipts` (`chat`);