-- Who was in a user group of a chat platform when it was last read whole (docs/approval.md, "What counts").
CREATE TABLE IF NOT EXISTS group_reading (
  group_id     VARCHAR(80)  PRIMARY KEY,
  tenant       VARCHAR(80)  NOT NULL,
  read_at      TIMESTAMP WITH TIME ZONE NOT NULL,
  members      TEXT         NOT NULL
);
CREATE INDEX IF NOT EXISTS group_reading_at ON group_reading (read_at);
