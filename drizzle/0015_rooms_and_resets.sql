CREATE TABLE `resets` (
	`node` integer NOT NULL,
	`owner` text NOT NULL,
	PRIMARY KEY(`owner`, `node`)
);
--> statement-breakpoint
CREATE TABLE `rooms` (
	`stream` integer NOT NULL,
	`channel` text NOT NULL,
	PRIMARY KEY(`stream`, `channel`)
);
