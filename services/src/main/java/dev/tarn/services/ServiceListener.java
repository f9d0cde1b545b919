package dev.tarn.services;

/** Is told of each life of a service's process, by the thread that watches it. */
public interface ServiceListener {
    /** Hears nothing. */
    ServiceListener NONE = new ServiceListener() {};

    /** It answers its clients. */
    default void served(Service service) {}

    /** It stays down until somebody asks for it. */
    default void gaveUp(Service service) {}

    /** Its process has ended, or was ended since it did not answer in time, before it answered anybody. */
    default void endedBeforeItServed(Service service) {}
}
