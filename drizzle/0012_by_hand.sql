CREATE INDEX `events_by_hand` ON `events` (`id`) WHERE run IS NULL AND node IS NOT NULL AND type NOT IN
          ('UserSpoke', 'ReplyStarted', 'ReplyCompleted', 'ReplyContinued', 'ReplyFailed');