/**
 * The embedded services of a lake: how a service is started, watched, adopted, restarted, stopped, and where its log
 * goes. {@link dev.tarn.services.Service} describes one service; {@link dev.tarn.services.Supervisor} runs them all.
 * Each service has a package named for its engine; nothing here runs an engine in this process.
 */
@NullMarked
package dev.tarn.services;

import org.jspecify.annotations.NullMarked;
