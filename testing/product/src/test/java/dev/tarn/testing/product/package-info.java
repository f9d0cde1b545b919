/** The promises of the product, one class each, driven only through the command, HTTP, JDBC and Kafka. */
@NullMarked
package dev.tarn.testing.product;

import org.jspecify.annotations.NullMarked;
