CREATE TABLE `seen` (
	`channel` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`message` integer NOT NULL
);
