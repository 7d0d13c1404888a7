-- Time-boxed exceptions from the rules (docs/decisions/072-grants.md).
CREATE TABLE IF NOT EXISTS grant_ (
  id           VARCHAR(12)  NOT NULL PRIMARY KEY,
  kind         VARCHAR(8)   NOT NULL,
  from_        VARCHAR(600) NOT NULL,
  to_          VARCHAR(600) NOT NULL,
  until_       TIMESTAMP WITH TIME ZONE NOT NULL,
  most         INT          NOT NULL,
  used         INT          NOT NULL,
  unproved     BOOLEAN      NOT NULL,
  person       VARCHAR(200) NOT NULL,
  name         TEXT         NOT NULL,
  reason       TEXT         NOT NULL,
  about        VARCHAR(12)  NOT NULL,
  own_vote     BOOLEAN      NOT NULL,
  case_id      VARCHAR(12)  NOT NULL,
  state        VARCHAR(10)  NOT NULL,
  asked        TIMESTAMP WITH TIME ZONE NOT NULL,
  since        TIMESTAMP WITH TIME ZONE,
  ended        TIMESTAMP WITH TIME ZONE,
  ended_by     VARCHAR(200) NOT NULL
);
CREATE INDEX IF NOT EXISTS grant_from ON grant_ (from_, state);
CREATE INDEX IF NOT EXISTS grant_asked ON grant_ (asked);
