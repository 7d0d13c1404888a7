/** What rspamd pushes about the mail it scans (its metadata exporter). */
@NullMarked
package dev.postern.intake.rspamd;

import org.jspecify.annotations.NullMarked;
