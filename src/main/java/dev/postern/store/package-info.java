/** The rows on H2 and PostgreSQL: records, migrations, work queue. */
@NullMarked
package dev.postern.store;

import org.jspecify.annotations.NullMarked;
