-- Recipients who are asked whether they expect a message (docs/approval.md, "Witnesses"). The id is
-- the random half of the token that the buttons of the question carry.
CREATE TABLE IF NOT EXISTS witness (
  id            CHAR(32)     PRIMARY KEY,
  case_id       VARCHAR(12)  NOT NULL REFERENCES case_file (id),
  recipient     VARCHAR(400) NOT NULL,
  person_id     VARCHAR(100) NOT NULL,
  person_name   VARCHAR(200) NOT NULL,
  surface       VARCHAR(16)  NOT NULL,
  channel       VARCHAR(200) NOT NULL,
  asked_by      VARCHAR(100) NOT NULL,
  asked_by_name VARCHAR(200) NOT NULL,
  asked_at      TIMESTAMP WITH TIME ZONE NOT NULL,
  answer        VARCHAR(16),
  answered_at   TIMESTAMP WITH TIME ZONE,
  UNIQUE (case_id, person_id)
);

-- When a person last asked for another look at the evidence, and when one last found nothing new.
ALTER TABLE case_file ADD COLUMN IF NOT EXISTS look_asked_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE case_file ADD COLUMN IF NOT EXISTS looked_at TIMESTAMP WITH TIME ZONE;
