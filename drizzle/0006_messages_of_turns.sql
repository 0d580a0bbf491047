CREATE TABLE `dividers` (
	`chat` text PRIMARY KEY NOT NULL,
	`message` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `leaving` (
	`message` text PRIMARY KEY NOT NULL,
	`chat` text NOT NULL,
	`node` text NOT NULL,
	`by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `leaving_chat` ON `leaving` (`chat`);--> statement-breakpoint
CREATE TABLE `messages` (
	`message` integer PRIMARY KEY NOT NULL,
	`node` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `messages_node` ON `messages` (`node`);--> statement-breakpoint
ALTER TABLE `deliveries` ADD `buttons` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_buttons` ON `deliveries` (`channel`) WHERE buttons = 1;--> statement-breakpoint
INSERT OR IGNORE INTO `messages` (`message`, `node`) SELECT CAST(json_extract(`payload`, '$.message') AS INTEGER), `node` FROM `events` WHERE `type` = 'UserSpoke';
