CREATE TABLE `memory_vectors` (
	`memory` integer PRIMARY KEY NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL
);
