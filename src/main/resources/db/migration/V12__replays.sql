-- Signed requests of Slack that the inbox does not keep, each taken by whoever inserts its row
-- (docs/slack.md, "How requests are checked").
CREATE TABLE IF NOT EXISTS taken_request (
  hash         CHAR(64)     PRIMARY KEY,
  expires      TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS taken_request_expires ON taken_request (expires);
