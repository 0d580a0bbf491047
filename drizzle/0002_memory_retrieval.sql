DROP INDEX `memories_stretch`;--> statement-breakpoint
ALTER TABLE `memories` ADD `scene` integer;--> statement-breakpoint
ALTER TABLE `memories` ADD `story_time` integer;--> statement-breakpoint
CREATE INDEX `memories_stretch` ON `memories` (`stretch`,`owner`,`position`);--> statement-breakpoint
CREATE INDEX `lines_last` ON `lines` (`stream`,`last`);