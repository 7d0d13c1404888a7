-- Which day was told to which channel: whoever inserts the row tells it (docs/slack.md, "Daily digest").
CREATE TABLE IF NOT EXISTS told_day (
  channel      VARCHAR(40)  NOT NULL,
  told         VARCHAR(10)  NOT NULL,
  PRIMARY KEY (channel, told)
);
