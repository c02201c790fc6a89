package dev.firn.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/**
 * The tests run stages, a server or the emulator of AWS as processes; a test may take as long as a
 * whole pipeline does.
 */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RunsProcesses {}
