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
CREATE TABLE `chats` (
	`stream` integer PRIMARY KEY NOT NULL,
	`root` integer NOT NULL,
	`head` integer,
	`frame` text,
	`frame_version` integer,
	`fingerprint` text
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
	`node` integer,
	`sources` text,
	`run` text,
	`cause` text,
	FOREIGN KEY (`stream`) REFERENCES `streams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_stream_version` ON `events` (`stream`,`version`);--> statement-breakpoint
CREATE INDEX `events_node` ON `events` (`node`) WHERE node IS NOT NULL;--> statement-breakpoint
CREATE INDEX `events_frame` ON `events` (`stream`,`version`) WHERE node IS NULL;--> statement-breakpoint
CREATE TABLE `jobs` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`chat` text NOT NULL,
	`node` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due` integer DEFAULT 0 NOT NULL,
	`error` text,
	`dead` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`kind`,`due`) WHERE dead = 0;--> statement-breakpoint
CREATE TABLE `lines` (
	`stream` integer NOT NULL,
	`stretch` integer NOT NULL,
	`first` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`stream`, `stretch`)
);
--> statement-breakpoint
CREATE TABLE `memories` (
	`id` integer PRIMARY KEY NOT NULL,
	`node` integer NOT NULL,
	`stretch` integer NOT NULL,
	`position` integer NOT NULL,
	`memory` integer NOT NULL,
	`owner` text NOT NULL,
	`text` text,
	`forgotten` integer NOT NULL,
	`significance` integer
);
--> statement-breakpoint
CREATE INDEX `memories_node` ON `memories` (`node`);--> statement-breakpoint
CREATE INDEX `memories_memory` ON `memories` (`memory`,`owner`,`position`);--> statement-breakpoint
CREATE INDEX `memories_stretch` ON `memories` (`stretch`,`position`);--> statement-breakpoint
CREATE TABLE `memory_sources` (
	`memory` integer NOT NULL,
	`node` integer NOT NULL,
	`revision` integer NOT NULL,
	PRIMARY KEY(`memory`, `node`)
);
--> statement-breakpoint
CREATE INDEX `memory_sources_node` ON `memory_sources` (`node`);--> statement-breakpoint
CREATE TABLE `nodes` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`stream` integer NOT NULL,
	`parent` integer,
	`stretch` integer NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `nodes_name_unique` ON `nodes` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `nodes_stretch_position` ON `nodes` (`stretch`,`position`);--> statement-breakpoint
CREATE INDEX `nodes_parent` ON `nodes` (`parent`);--> statement-breakpoint
CREATE TABLE `notices` (
	`key` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `saves` (
	`root` integer NOT NULL,
	`name` text NOT NULL,
	`node` integer NOT NULL,
	PRIMARY KEY(`root`, `name`)
);
--> statement-breakpoint
CREATE TABLE `snapshots` (
	`node` integer PRIMARY KEY NOT NULL,
	`stretch` integer NOT NULL,
	`position` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `snapshots_stretch` ON `snapshots` (`stretch`,`position`);--> statement-breakpoint
CREATE TABLE `streams` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `streams_name_unique` ON `streams` (`name`);--> statement-breakpoint
CREATE TABLE `turns` (
	`node` integer PRIMARY KEY NOT NULL,
	`by` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL
);
