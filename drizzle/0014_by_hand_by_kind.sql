DROP INDEX `events_by_hand`;--> statement-breakpoint
CREATE INDEX `events_by_hand` ON `events` (`id`) WHERE run IS NULL AND node IS NOT NULL AND type <> 'UserSpoke' AND type <> 'ReplyStarted'
          AND type <> 'ReplyCompleted' AND type <> 'ReplyContinued' AND type <> 'ReplyFailed';