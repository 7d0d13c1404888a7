-- What cases are looked up by, exactly: addresses, domains and Message-IDs, as hashes of one
-- length. Cases from before are found by their ids, and by the search of the console.
CREATE TABLE IF NOT EXISTS mention (
  word         CHAR(32)     NOT NULL,
  received_at  TIMESTAMP WITH TIME ZONE NOT NULL,
  hold_id      BIGINT       NOT NULL REFERENCES hold (id),
  PRIMARY KEY (word, received_at, hold_id)
);
${foreign}CREATE INDEX IF NOT EXISTS mention_hold ON mention (hold_id);

-- One row: whether releasing by rule is frozen. What it says stays until it is frozen again.
CREATE TABLE IF NOT EXISTS freeze_ (
  id           INT PRIMARY KEY,
  frozen       BOOLEAN      NOT NULL,
  person       VARCHAR(100) NOT NULL,
  name         VARCHAR(200) NOT NULL,
  since        TIMESTAMP WITH TIME ZONE NOT NULL,
  why          TEXT         NOT NULL
);
INSERT INTO freeze_ (id, frozen, person, name, since, why)
VALUES (1, FALSE, '', '', CURRENT_TIMESTAMP, '') ON CONFLICT DO NOTHING;
