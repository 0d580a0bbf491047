CREATE TABLE `assets` (
	`hash` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`bytes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `bindings` (
	`channel` text PRIMARY KEY NOT NULL,
	`chat` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bindings_chat_unique` ON `bindings` (`chat`);--> statement-breakpoint
CREATE TABLE `cards` (
	`channel` text PRIMARY KEY NOT NULL,
	`message` text NOT NULL,
	`failure` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `commands` (
	`stream` integer NOT NULL,
	`command` text NOT NULL,
	`first` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`stream`, `command`),
	FOREIGN KEY (`stream`) REFERENCES `streams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`chat` text NOT NULL,
	`node` text NOT NULL,
	`part` integer NOT NULL,
	`channel` text NOT NULL,
	`message` text,
	`by` text NOT NULL,
	`shown` text,
	`pending` text,
	PRIMARY KEY(`node`, `part`)
);
--> statement-breakpoint
CREATE INDEX `deliveries_message` ON `deliveries` (`message`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`stream` integer NOT NULL,
	`version` integer NOT NULL,
	`type` text NOT NULL,
	`schema` integer NOT NULL,
	`payload` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`command` text NOT NULL,
	`node` text,
	`sources` text,
	`run` text,
	`cause` text,
	FOREIGN KEY (`stream`) REFERENCES `streams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_stream_version` ON `events` (`stream`,`version`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`chat` text NOT NULL,
	`node` text
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`key` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `streams` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `streams_name_unique` ON `streams` (`name`);