package dev.tarn.testing.gate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that is long by nature: {@code ./mvnw verify -Pfull} runs it, the gate does not. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = Rounds.FULL,
        matches = "true",
        disabledReason = "in the full run alone: ./mvnw verify -Pfull")
public @interface FullRun {}
