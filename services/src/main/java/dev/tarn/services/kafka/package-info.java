/**
 * The collect process: a Kafka broker (KRaft) and a Kafka Connect worker in one JVM. This package writes their settings
 * and asks Connect's REST API whether they serve; their code runs in {@code processes/collect}.
 */
@NullMarked
package dev.tarn.services.kafka;

import org.jspecify.annotations.NullMarked;
