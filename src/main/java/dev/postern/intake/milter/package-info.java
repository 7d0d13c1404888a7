/**
 * The milter: inline intake of mail that Postfix or Sendmail show while their own client waits
 * (milter protocol, versions 2 to 6, as Sendmail's libmilter and Postfix speak it).
 */
@NullMarked
package dev.postern.intake.milter;

import org.jspecify.annotations.NullMarked;
