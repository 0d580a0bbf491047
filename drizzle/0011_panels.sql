CREATE TABLE `panels` (
	`channel` text PRIMARY KEY NOT NULL,
	`chat` text NOT NULL,
	`message` text NOT NULL,
	`old` text,
	`by` text NOT NULL,
	`posted` integer NOT NULL
);
