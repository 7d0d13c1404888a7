-- What people say of later messages when they vote on a set (docs/decisions/076-a-vote-that-covers-later-ones.md).

-- On what terms a vote on the set can cover later ones, as JSON; NULL where it cannot, and for sets of earlier versions.
ALTER TABLE campaign ADD COLUMN IF NOT EXISTS offer TEXT;
-- Who said so, as JSON; since when that is to be seen to, NULL once it is; and what came of it.
ALTER TABLE campaign ADD COLUMN IF NOT EXISTS later TEXT;
ALTER TABLE campaign ADD COLUMN IF NOT EXISTS later_due TIMESTAMP WITH TIME ZONE;
ALTER TABLE campaign ADD COLUMN IF NOT EXISTS later_words TEXT;
CREATE INDEX IF NOT EXISTS campaign_later_due ON campaign (later_due);
