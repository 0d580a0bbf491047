CREATE TABLE `cards` (
	`channel` text PRIMARY KEY NOT NULL,
	`message` text NOT NULL,
	`failure` text NOT NULL
);
