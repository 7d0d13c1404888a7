-- What somebody decided lately (docs/slack.md, "The Home tab").
CREATE INDEX IF NOT EXISTS vote_person ON vote (person_id, cast_at);
