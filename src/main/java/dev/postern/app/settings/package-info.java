/** Settings from postern.conf, environment and .env: read once, checked whole, then immutable. */
@NullMarked
package dev.postern.app.settings;

import org.jspecify.annotations.NullMarked;
