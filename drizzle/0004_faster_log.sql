ALTER TABLE `streams` ADD `head` integer;--> statement-breakpoint
UPDATE streams SET head = (SELECT c.head FROM chats c WHERE c.stream = streams.id);--> statement-breakpoint
CREATE TABLE `__new_commands` (
	`stream` integer NOT NULL,
	`command` text NOT NULL,
	`first` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`stream`, `command`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_commands`("stream", "command", "first", "last") SELECT "stream", "command", "first", "last" FROM `commands`;--> statement-breakpoint
DROP TABLE `commands`;--> statement-breakpoint
ALTER TABLE `__new_commands` RENAME TO `commands`;--> statement-breakpoint
CREATE TABLE `__new_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`schema` integer NOT NULL,
	`payload` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`command` text NOT NULL,
	`node` integer,
	`sources` text,
	`run` text,
	`cause` text
);
--> statement-breakpoint
INSERT INTO `__new_events`("id", "type", "schema", "payload", "at", "actor", "command", "node", "sources", "run", "cause") SELECT "stream" * 4294967296 + "version", "type", "schema", "payload", "at", "actor", "command", "node", "sources", "run", "cause" FROM `events` ORDER BY "stream", "version";--> statement-breakpoint
DROP TABLE `events`;--> statement-breakpoint
ALTER TABLE `__new_events` RENAME TO `events`;--> statement-breakpoint
CREATE INDEX `events_node` ON `events` (`node`) WHERE node IS NOT NULL;--> statement-breakpoint
CREATE INDEX `events_frame` ON `events` (`id`) WHERE node IS NULL;--> statement-breakpoint
CREATE TABLE `__new_lines` (
	`stream` integer NOT NULL,
	`stretch` integer NOT NULL,
	`first` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`stream`, `stretch`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_lines`("stream", "stretch", "first", "last") SELECT l.stream, l.stretch, l.first,
	CASE WHEN h.stream = l.stream AND h.position = (SELECT MAX(n.position) FROM nodes n WHERE n.stretch = h.stretch)
	THEN 9007199254740991 ELSE l.last END
	FROM lines l LEFT JOIN streams s ON s.id = l.stream LEFT JOIN nodes h ON h.id = s.head AND h.stretch = l.stretch;--> statement-breakpoint
DROP TABLE `lines`;--> statement-breakpoint
ALTER TABLE `__new_lines` RENAME TO `lines`;--> statement-breakpoint
DROP INDEX `nodes_parent`;--> statement-breakpoint
CREATE INDEX `nodes_forks` ON `nodes` (`parent`) WHERE id = stretch;--> statement-breakpoint
ALTER TABLE `snapshots` ADD `unseen` text;--> statement-breakpoint
ALTER TABLE `chats` DROP COLUMN `head`;
