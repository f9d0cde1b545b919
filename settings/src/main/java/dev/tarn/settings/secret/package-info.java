/**
 * Values that must not be seen: where they come from and how they are kept. A {@link dev.tarn.settings.secret.Secret}
 * prints {@code ***}; it is read from a {@link dev.tarn.settings.secret.SecretSource}: the environment, a file, or AWS
 * Systems Manager. The AWS library is loaded from {@code lib/aws} only when a setting refers to it, because it would
 * slow down every start.
 */
@NullMarked
package dev.tarn.settings.secret;

import org.jspecify.annotations.NullMarked;
