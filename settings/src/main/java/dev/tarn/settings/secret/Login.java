package dev.tarn.settings.secret;

/** Who Tarn is for an outside system. */
public record Login(String user, Secret password) {}
