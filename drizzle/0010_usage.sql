CREATE TABLE `usage` (
	`home` text NOT NULL,
	`day` text NOT NULL,
	`person` text NOT NULL,
	`turns` integer NOT NULL,
	`tokens` integer NOT NULL,
	PRIMARY KEY(`home`, `day`, `person`)
);
