package dev.firn.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Options of the Java machine that {@code bin/firn} starts a verb with. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JavaOptions {

  /** For what runs briefly, or beside others: it leaves these the processors. */
  String SMALL = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto";

  String value() default SMALL;
}
