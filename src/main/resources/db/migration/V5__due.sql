-- What is to be done stands in the rows themselves, with the time from which it may be tried; the
-- rows of db-scheduler only wake up (docs/decisions/050-waits-stand-in-rows.md).
ALTER TABLE effect ADD COLUMN due TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL;
CREATE INDEX effect_due ON effect (state, due);

ALTER TABLE inbox ADD COLUMN judged BOOLEAN DEFAULT FALSE NOT NULL;
UPDATE inbox SET judged = TRUE WHERE answer IS NOT NULL;
CREATE INDEX inbox_unjudged ON inbox (judged, received_at);

CREATE INDEX stage_closing ON stage (state, closes);

-- A card has a due time exactly while it shows less than the truth. Whoever brings it takes a
-- turn, which is written down before the platform is called.
ALTER TABLE card ADD COLUMN due TIMESTAMP WITH TIME ZONE;
ALTER TABLE card ADD COLUMN turn BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE card ADD COLUMN turn_until TIMESTAMP WITH TIME ZONE;
ALTER TABLE card ADD COLUMN doubted_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE card ADD COLUMN misses INT DEFAULT 0 NOT NULL;
UPDATE card SET due = CURRENT_TIMESTAMP WHERE applied < desired;
CREATE INDEX card_due ON card (due);
