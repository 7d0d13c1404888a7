/** Rules over evidence and the ruling they give, with its trace. */
@NullMarked
package dev.postern.policy;

import org.jspecify.annotations.NullMarked;
