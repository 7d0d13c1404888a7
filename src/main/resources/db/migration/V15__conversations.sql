-- Where chat platforms can be reached that tell it only as people install the app (docs/teams.md).
CREATE TABLE IF NOT EXISTS conversation (
  platform     VARCHAR(16)  NOT NULL,
  place        VARCHAR(300) NOT NULL,
  external_id  VARCHAR(400) NOT NULL,
  address      VARCHAR(400) NOT NULL,
  within       VARCHAR(300) NOT NULL,
  PRIMARY KEY (platform, place)
);
CREATE INDEX IF NOT EXISTS conversation_within ON conversation (platform, within);
