"""A milter on Sendmail's own libmilter that accepts everything and leaves a mark."""
import os
import sys

import Milter


class AcceptAll(Milter.Base):
    def eom(self):
        if sys.argv[2] == "mark":
            self.addheader("X-Python", "seen")
        return Milter.CONTINUE


Milter.factory = AcceptAll
Milter.set_flags(Milter.ADDHDRS)
os.umask(0)  # a socket in the file system is for the mail server's user, too
Milter.runmilter("accept-all", sys.argv[1], 60)
