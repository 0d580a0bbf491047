CREATE TABLE `participants` (
	`stream` integer NOT NULL,
	`entity` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`stream`, `entity`)
);
--> statement-breakpoint
CREATE TABLE `storylines` (
	`stream` integer PRIMARY KEY NOT NULL,
	`home` text NOT NULL,
	`name` text NOT NULL,
	`owner` text NOT NULL,
	`archived` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `storylines_home` ON `storylines` (`home`);--> statement-breakpoint
INSERT INTO `storylines` (`stream`, `home`, `name`, `owner`, `archived`)
SELECT c.id / 4294967296, json_extract(c.payload, '$.home'),
  COALESCE((SELECT json_extract(r.payload, '$.name') FROM events r
    WHERE r.type = 'ChatRenamed' AND r.id / 4294967296 = c.id / 4294967296 ORDER BY r.id DESC LIMIT 1),
    json_extract(c.payload, '$.name')),
  json_extract(c.payload, '$.owner'),
  EXISTS (SELECT 1 FROM events a WHERE a.type = 'ChatArchived' AND a.id / 4294967296 = c.id / 4294967296)
FROM events c WHERE c.type IN ('ChatCreated', 'ChatBranched');
--> statement-breakpoint
INSERT OR REPLACE INTO `participants` (`stream`, `entity`, `name`)
SELECT id / 4294967296, json_extract(payload, '$.entity'), json_extract(payload, '$.name')
FROM events WHERE type = 'EntityEntered' ORDER BY id;
