import dev.firn.etl.GlueMain

/** The script of the AWS Glue job that merges: --class GlueApp, --extra-jars firn-etl.jar, --config s3://… */
object GlueApp {
  def main(arguments: Array[String]): Unit = GlueMain.run("merge", arguments)
}
