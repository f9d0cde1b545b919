/**
 * The schema registry: Apicurio as its makers ship it, with its own file database.
 */
@NullMarked
package dev.tarn.services.registry;

import org.jspecify.annotations.NullMarked;
