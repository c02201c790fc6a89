package dev.firn.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** JVM options with which {@code bin/firn} starts a verb. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JavaOptions {

  /** For verbs that run briefly or next to others, which then have more CPU. */
  String SMALL = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto";

  String value() default SMALL;
}
