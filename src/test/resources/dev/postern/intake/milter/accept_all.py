"""A milter on Sendmail's own libmilter that accepts everything and leaves a mark."""
import sys

import Milter


class AcceptAll(Milter.Base):
    def eom(self):
        if sys.argv[2] == "mark":
            self.addheader("X-Python", "seen")
        return Milter.CONTINUE


Milter.factory = AcceptAll
Milter.set_flags(Milter.ADDHDRS)
Milter.runmilter("accept-all", "inet:%s@127.0.0.1" % sys.argv[1], 60)
