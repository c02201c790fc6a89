package dev.firn.aws;

import dev.firn.console.OperatorException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Determines the AWS region. */
final class Regions {

  private Regions() {}

  /** The configured region, else that of the environment, profile or instance. */
  static Region choose(Optional<String> configured) {
    return configured.map(Region::of).orElseGet(Regions::fromSurroundings);
  }

  private static Region fromSurroundings() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      throw new OperatorException(
          "Cannot connect to AWS: no region is set in pipeline.yaml or in the environment",
          "Set stream.region, or the environment variable AWS_REGION.",
          e);
    }
  }
}
