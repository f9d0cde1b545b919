package dev.tarn.collect.capture;

import java.util.Optional;

/** What capturing must know of the lake's services. */
public interface LakeServicesView {
    /** A service that is not up; empty if all that capturing needs are. */
    Optional<String> notReady();

    /** Another value for each process that runs Kafka Connect. */
    String collectGeneration();
}
