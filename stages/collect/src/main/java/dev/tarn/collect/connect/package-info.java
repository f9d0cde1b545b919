/**
 * Kafka Connect: the settings of our sink connectors, its REST API, and how what runs is brought in line with what is
 * wanted. Connect itself runs in the collect process.
 */
@NullMarked
package dev.tarn.collect.connect;

import org.jspecify.annotations.NullMarked;
