CREATE TABLE `erasures` (
	`id` text PRIMARY KEY NOT NULL
);
