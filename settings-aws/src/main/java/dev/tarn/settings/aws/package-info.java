/**
 * Secrets that are kept in AWS. This module and the AWS library stand apart in {@code lib/aws}, and are loaded when a
 * setting refers to <code>${ssm:/path}</code> and not before. Credentials, region and endpoint come from where the AWS
 * library looks for them: environment, system properties, profile files, the machine's role.
 */
@NullMarked
package dev.tarn.settings.aws;

import org.jspecify.annotations.NullMarked;
